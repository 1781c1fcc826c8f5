;; Factorials, computed by a loop and printed by an imported function.
(module
  (import "console" "log" (func $log (param i64)))

  (func $factorial (param $n i64) (result i64)
    (local $product i64)
    (local.set $product (i64.const 1))
    (loop $again
      (local.set $product (i64.mul (local.get $product) (local.get $n)))
      (local.set $n (i64.sub (local.get $n) (i64.const 1)))
      (br_if $again (i64.gt_s (local.get $n) (i64.const 1))))
    (local.get $product))

  (func (export "main")
    (local $n i64)
    (local.set $n (i64.const 1))
    (loop $next
      (call $log (call $factorial (local.get $n)))
      (local.set $n (i64.add (local.get $n) (i64.const 1)))
      (br_if $next (i64.le_s (local.get $n) (i64.const 15))))))
