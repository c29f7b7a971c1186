/** Which pages axe may take for one that it has seen. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pageShape } from './page-shape.ts'

const page = (inner: string): string => `<html lang="zh"><body><main class="k">${inner}</main></body></html>`
const one = pageShape(page('<label for="a">姓名</label><input id="a" value="陈"><a href="/x/1">看</a>'))
const same = (inner: string): boolean => pageShape(page(inner)) === one

test('other words, numbers and addresses are the same shape', () => {
  assert.ok(same('<label for="a">Name</label><input id="a" value="梁"><a href="/y/2">go</a>'))
  assert.equal(pageShape('<p id="row-12">a</p>'), pageShape('<p id="row-7">b</p>'))
  assert.equal(pageShape('<a href="/c/0197fb00-0000-7000-8000-000000000001">a</a>'), pageShape('<a href="/d">b</a>'))
})

test('what a reader or a screen could miss is another shape', () => {
  assert.ok(!same('<label for="b">姓名</label><input id="a" value="陈"><a href="/x/1">看</a>'), 'a label of something else')
  assert.ok(!same('<label for="a"></label><input id="a" value="陈"><a href="/x/1">看</a>'), 'an empty label')
  assert.ok(!same('<label for="a">姓名</label><input id="a" value="陈"><a href="/x/1"> </a>'), 'an empty link')
  assert.ok(!same('<label for="a">姓名</label><input id="a" value="陈"><a>看</a>'), 'a link without address')
  assert.ok(!same('<label for="a">姓名</label><input id="a" value="陈" class="faint"><a href="/x/1">看</a>'), 'another class')
  assert.notEqual(pageShape('<img alt="灯">'), pageShape('<img alt="">'))
  assert.notEqual(pageShape('<b aria-hidden="true">x</b>'), pageShape('<b>x</b>'))
})
