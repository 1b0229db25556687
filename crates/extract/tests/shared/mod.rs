//! Writes ZIP files, for tests of the formats that are based on them.

use std::io::Write;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use rawzip::{CompressionMethod, ZipArchiveWriter};

/// Returns a ZIP file with these entries, by name and content, packed.
pub(crate) fn zip(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut archive = ZipArchiveWriter::new(&mut bytes);
    for (name, content) in entries {
        let file = archive.new_file(name).compression_method(CompressionMethod::DEFLATE);
        let (mut entry, config) = file.start().expect("an entry begins");
        let encoder = DeflateEncoder::new(&mut entry, Compression::default());
        let mut writer = config.wrap(encoder);
        writer.write_all(content.as_bytes()).expect("memory can be written");
        let (encoder, descriptor) = writer.finish().expect("an entry ends");
        encoder.finish().expect("memory can be written");
        entry.finish(descriptor).expect("an entry ends");
    }
    archive.finish().expect("an archive ends");
    bytes
}
