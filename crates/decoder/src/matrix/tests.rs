//! Packed matrices against the plain meaning of GGUF blocks.

use super::*;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// Deterministic bytes: no pattern that a wrong index could survive.
fn bytes(seed: u32, length: usize) -> Vec<u8> {
    let mut state = seed;
    let next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    std::iter::repeat_with(next).take(length).collect()
}

/// Q4_0 and Q8_0 data with scales near 1/100, and the floats that it stands for.
fn source(kind: TensorKind, inputs: usize, outputs: usize) -> (Vec<u8>, Vec<f32>) {
    let block_bytes = if kind == TensorKind::Q4_0 { 18 } else { 34 };
    let mut data = bytes(7, inputs / 32 * outputs * block_bytes);
    let mut floats = Vec::new();
    for (index, block) in data.chunks_exact_mut(block_bytes).enumerate() {
        // 0x2100 is 2^-7 * 1.25; powers and short mantissas survive the step to bf16.
        let scale = 0x2100 | if index % 3 == 0 { 0x8000 } else { 0 };
        block[..2].copy_from_slice(&u16::to_le_bytes(scale));
        let scale = f32_from_f16(scale);
        for input in 0..32 {
            floats.push(
                scale
                    * match kind {
                        TensorKind::Q4_0 if input < 16 => f32::from(block[2 + input] & 15) - 8.0,
                        TensorKind::Q4_0 => f32::from(block[2 + input - 16] >> 4) - 8.0,
                        _ => f32::from(block[2 + input] as i8),
                    },
            );
        }
    }
    (data, floats)
}

fn check(kind: TensorKind, inputs: usize, outputs: usize, tokens: usize) {
    let (data, floats) = source(kind, inputs, outputs);
    let shape = vec![inputs as u64, outputs as u64];
    let tensor = Tensor { kind, shape, data: &data };
    let matrix = Matrix::from_tensor("test", &tensor, inputs, outputs).expect("a good tensor");

    let mut row = vec![0.0; inputs];
    matrix.row(outputs - 1, &mut row);
    assert_eq!(row, floats[(outputs - 1) * inputs..], "rows come back exactly");

    let values: Vec<f32> = bytes(3, tokens * inputs).iter().map(|&b| f32::from(b as i8)).collect();
    let mut x = Activations::default();
    x.set(&values, inputs);
    let mut out = vec![f32::NAN; tokens * outputs];
    matrix.multiply(Kernels::default(), &mut x, &mut out);
    for token in 0..tokens {
        for output in 0..outputs {
            let weights = &floats[output * inputs..][..inputs];
            let values = &values[token * inputs..][..inputs];
            let exact: f64 = weights.iter().zip(values).map(|(w, x)| f64::from(w * x)).sum();
            let size: f64 = weights.iter().zip(values).map(|(w, x)| f64::from((w * x).abs())).sum();
            let error = (f64::from(out[token * outputs + output]) - exact).abs();
            assert!(error <= size * 0.01 + 1e-3, "{kind:?} {output}: {error} of {size}");
        }
    }
}

#[test]
fn products_agree_with_floats_for_odd_sizes() {
    for kind in [TensorKind::Q4_0, TensorKind::Q8_0] {
        for (inputs, outputs) in [(32, 16), (64, 1), (96, 17), (256, 40), (1024, 33)] {
            for tokens in [1, 2, 3, 4, 5, 9] {
                check(kind, inputs, outputs, tokens);
            }
        }
    }
}

#[test]
fn a_wrong_shape_is_named() {
    let tensor = Tensor { kind: TensorKind::F32, shape: vec![2, 2], data: &[0; 16] };
    let error = Matrix::from_tensor("blk.0.x", &tensor, 2, 3).expect_err("2 is not 3");
    assert!(error.to_string().contains("blk.0.x"), "{error}");
}

#[test]
fn floats_are_kept_as_they_are() {
    let data: Vec<u8> = [1.0f32, 2.0, 3.0, -4.0].iter().flat_map(|f| f.to_le_bytes()).collect();
    let tensor = Tensor { kind: TensorKind::F32, shape: vec![2, 2], data: &data };
    let matrix = Matrix::from_tensor("w", &tensor, 2, 2).expect("a good tensor");
    let mut x = Activations::default();
    x.set(&[10.0, 1.0], 2);
    let mut out = [0.0; 2];
    matrix.multiply(Kernels::default(), &mut x, &mut out);
    assert_eq!(out, [12.0, 26.0]);
}

#[test]
fn weights_of_other_kinds_become_blocks_of_eight_bits() {
    let (inputs, outputs) = (64, 20);
    let halves: Vec<u16> = bytes(9, inputs * outputs * 2)
        .chunks_exact(2)
        .map(|two| {
            crate::numeric::bf16_from_f32((f32::from(two[0]) - 127.5) / f32::from(two[1].max(9)))
        })
        .collect();
    let data: Vec<u8> = halves.iter().flat_map(|half| half.to_le_bytes()).collect();
    let shape = vec![inputs as u64, outputs as u64];
    let tensor = Tensor { kind: TensorKind::Bf16, shape, data: &data };
    let matrix = Matrix::from_tensor("w", &tensor, inputs, outputs).expect("a matrix");
    let mut row = vec![0.0; inputs];
    for (index, wanted) in halves.chunks_exact(inputs).enumerate() {
        matrix.row(index, &mut row);
        for (found, wanted) in row.chunks_exact(BLOCK).zip(wanted.chunks_exact(BLOCK)) {
            let wanted: Vec<f32> =
                wanted.iter().map(|half| crate::numeric::f32_from_bf16(*half)).collect();
            let largest = wanted.iter().fold(0.0f32, |most, value| most.max(value.abs()));
            for (found, wanted) in found.iter().zip(&wanted) {
                assert!((found - wanted).abs() <= largest / 127.0 * 0.51, "{found} {wanted}");
            }
        }
    }
}
