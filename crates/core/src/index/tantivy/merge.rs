//! [`Tidy`]: says which segments are merged after a commit.

use tantivy::SegmentMeta;
use tantivy::indexer::{LogMergePolicy, MergeCandidate, MergePolicy};

/// Rewrites segments with deleted documents, and otherwise merges as Tantivy does.
///
/// Tantivy's statistics count deleted documents until they are merged away, and scores would depend
/// on the history of an index. They do not as long as no segment with deletes is larger than
/// [`Tidy::SMALL`]; in a larger one at most a [`Tidy::STALE`]th is counted too much.
#[derive(Debug, Default)]
pub(super) struct Tidy {
    otherwise: LogMergePolicy,
}

impl Tidy {
    /// The number of documents up to which a segment is rewritten for a single deletion: about a
    /// second's work.
    const SMALL: u32 = 50_000;
    /// A larger segment is rewritten when one in this many of its documents is deleted.
    const STALE: u32 = 20;
}

impl MergePolicy for Tidy {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let stale = |segment: &&SegmentMeta| {
            segment.has_deletes()
                && (segment.max_doc() <= Self::SMALL
                    || segment.num_deleted_docs() >= segment.max_doc() / Self::STALE)
        };
        let (stale, rest): (Vec<_>, Vec<_>) = segments.iter().partition(stale);
        let mut merges =
            self.otherwise.compute_merge_candidates(&rest.into_iter().cloned().collect::<Vec<_>>());
        if !stale.is_empty() {
            merges.push(MergeCandidate(stale.iter().map(|segment| segment.id()).collect()));
        }
        merges
    }
}
