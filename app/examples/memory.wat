;; Text in memory, printed by its address and length.
(module
  (import "console" "string" (func $print (param i32 i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "Hello from WebAssembly")

  ;; Makes every letter of the text a capital one.
  (func $shout (param $length i32)
    (local $at i32)
    (local $letter i32)
    (loop $next
      (local.set $letter (i32.load8_u (local.get $at)))
      (if (i32.and
            (i32.ge_u (local.get $letter) (i32.const 97))
            (i32.le_u (local.get $letter) (i32.const 122)))
        (then (i32.store8 (local.get $at) (i32.sub (local.get $letter) (i32.const 32)))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $at) (local.get $length)))))

  (func (export "main")
    (call $print (i32.const 0) (i32.const 22))
    (call $shout (i32.const 22))
    (call $print (i32.const 0) (i32.const 22))))
