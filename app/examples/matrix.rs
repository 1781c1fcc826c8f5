//! A small matrix with multiplication, and its powers.

use std::ops::Mul;

#[derive(Clone, Copy, Debug, PartialEq)]
struct Matrix([[u64; 2]; 2]);

impl Mul for Matrix {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        let cell =
            |row: usize, column: usize| (0..2).map(|k| self.0[row][k] * other.0[k][column]).sum();
        Self([[cell(0, 0), cell(0, 1)], [cell(1, 0), cell(1, 1)]])
    }
}

fn power(base: Matrix, exponent: u32) -> Matrix {
    let identity = Matrix([[1, 0], [0, 1]]);
    (0..exponent).fold(identity, |product, _| product * base)
}

fn main() {
    let step = Matrix([[1, 1], [1, 0]]);
    for n in [1, 2, 10, 50, 90] {
        println!("fibonacci({n}) = {}", power(step, n).0[0][1]);
    }
}
