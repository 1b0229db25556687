//! [`Decimal`]: exact decimal numbers, as far as prose has them.

use std::cmp::Ordering;
use std::fmt;

use super::unit::Scale;

/// `digits` with the point before its last `places` digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Decimal {
    is_negative: bool,
    digits: u128,
    places: u32,
}

impl Decimal {
    pub(super) fn whole(digits: u128) -> Self {
        Self { is_negative: false, digits, places: 0 }
    }

    /// The number that ASCII digits spell, the last `places` of them behind the point. `None` where they are too many.
    pub(super) fn from_digits(
        digits: impl Iterator<Item = u8>,
        places: usize,
        is_negative: bool,
    ) -> Option<Self> {
        let mut value: u128 = 0;
        for digit in digits {
            value = value.checked_mul(10)?.checked_add(u128::from(digit - b'0'))?;
        }
        Some(Self { is_negative, digits: value, places: u32::try_from(places).ok()? }.reduced())
    }

    /// The product with a scale, where it can be held.
    pub(super) fn scaled(self, scale: Scale) -> Option<Self> {
        let digits = self.digits.checked_mul(u128::from(scale.factor))?;
        let shift = scale.power.saturating_sub(self.places);
        let places = self.places.saturating_sub(scale.power);
        let digits = digits.checked_mul(10u128.checked_pow(shift)?)?;
        Some(Self { digits, places, ..self }.reduced())
    }

    fn reduced(mut self) -> Self {
        while self.places > 0 && self.digits.is_multiple_of(10) {
            self.digits /= 10;
            self.places -= 1;
        }
        self
    }
}

impl PartialOrd for Decimal {
    /// `None` for numbers too far apart to be held at one scale.
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        let places = self.places.max(other.places);
        let aligned = |d: &Self| d.digits.checked_mul(10u128.checked_pow(places - d.places)?);
        let (a, b) = (aligned(self)?, aligned(other)?);
        Some(match (self.is_negative, other.is_negative) {
            (false, false) => a.cmp(&b),
            (true, true) => b.cmp(&a),
            (is_negative, _) if a != 0 || b != 0 => {
                if is_negative {
                    Ordering::Less
                } else {
                    Ordering::Greater
                }
            }
            _ => Ordering::Equal,
        })
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_negative && self.digits != 0 {
            f.write_str("-")?;
        }
        let places = self.places as usize;
        let digits = format!("{:0width$}", self.digits, width = places + 1);
        let (whole, fraction) = digits.split_at(digits.len() - places);
        f.write_str(whole)?;
        if places > 0 { write!(f, ".{fraction}") } else { Ok(()) }
    }
}
