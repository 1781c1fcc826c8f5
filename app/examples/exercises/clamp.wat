;; flint: task
;; clamp(n, low, high) gives n, but not less than low and not more than high.
;; “if (result i32)” chooses between two values; “i32.lt_s” and “i32.gt_s” compare.
;; flint: fixed
(module
  (func (export "clamp") (param $n i32) (param $low i32) (param $high i32) (result i32)
;; flint: open
    local.get $n
;; flint: fixed
  )
)
;; flint: tests
(assert_return (invoke "clamp" (i32.const 5) (i32.const 0) (i32.const 10)) (i32.const 5))
(assert_return (invoke "clamp" (i32.const -5) (i32.const 0) (i32.const 10)) (i32.const 0))
(assert_return (invoke "clamp" (i32.const 15) (i32.const 0) (i32.const 10)) (i32.const 10))
(assert_return (invoke "clamp" (i32.const -5) (i32.const -9) (i32.const -7)) (i32.const -7))
