//! Counts that outgrow 32 bits.

use async_graphql::{InputValueResult, Number, Scalar, ScalarType, Value};

use super::refuse;

/// A whole number from 0 to 9,007,199,254,740,991 (2^53 − 1), which every JSON
/// reader holds exactly: counts and units of cost, which outgrow `Int`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Units(pub i64);

/// The largest integer that all who read JSON agree on (RFC 8259, section 6).
const MAX: i64 = (1 << 53) - 1;

/// A whole number from 0 to 9,007,199,254,740,991 (2^53 − 1), which every JSON
/// reader holds exactly: counts and units of cost, which outgrow `Int`.
#[Scalar]
impl ScalarType for Units {
    fn parse(value: Value) -> InputValueResult<Self> {
        let number = match &value {
            Value::Number(number) => number.as_i64(),
            _ => None,
        };
        number
            .filter(|number| (0..=MAX).contains(number))
            .map(Self)
            .ok_or_else(|| refuse(format!("{value} is not a whole number from 0 to {MAX}")))
    }

    fn to_value(&self) -> Value {
        Value::Number(Number::from(self.0.min(MAX)))
    }
}
