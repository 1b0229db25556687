//! [`Decimal`]: exact decimal numbers of the size that prose needs.

use std::cmp::Ordering;
use std::fmt;

use super::unit::Scale;

/// A decimal number. It has no trailing zeros after the point, so that equal numbers are equal
/// values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Decimal {
    is_negative: bool,
    digits: u128,
    /// The number of digits after the decimal point.
    places: u32,
}

impl Decimal {
    pub(super) fn whole(digits: u128) -> Self {
        Self { is_negative: false, digits, places: 0 }
    }

    /// Returns the number with these ASCII digits, the last `places` of them after the decimal
    /// point. `None` if it does not fit.
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

    /// Multiplies by a scale. Returns `None` if the product does not fit.
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
    /// Returns `None` if the two do not fit with the same number of decimal places.
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        let places = self.places.max(other.places);
        let aligned = |d: &Self| d.digits.checked_mul(10u128.checked_pow(places - d.places)?);
        let (a, b) = (aligned(self)?, aligned(other)?);
        Some(match (self.is_negative, other.is_negative) {
            (false, false) => a.cmp(&b),
            (true, true) => b.cmp(&a),
            _ if a == 0 && b == 0 => Ordering::Equal,
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
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
