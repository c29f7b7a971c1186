/** The look that every page of every test gets, see strayIds: what it finds, and what it leaves alone. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { strayIds } from '../harness/page-ids.ts'

const field = (id: string) => `<label for="${id}">理由</label><textarea id="${id}" name="reason"></textarea>`

test('two forms that ask for the same are told apart', () => {
  assert.deepEqual(strayIds(`<form>${field('hang-reason')}</form><form>${field('void-reason')}</form>`), [])
  assert.deepEqual(strayIds(`<form>${field('reason')}</form><form>${field('reason')}</form>`), [
    'the id reason stands twice: in <textarea> and <textarea>',
    'a label is for reason, which is in another form',
  ])
})

test('a label, a description and a jump come out at something of the page', () => {
  assert.deepEqual(strayIds('<label for="a">A</label>'), ['a label is for a, which is not there'])
  assert.deepEqual(strayIds('<label for="a">A</label><form><input id="a"></form>'), [
    'a label is for a, which is in another form',
  ])
  assert.deepEqual(strayIds('<label for="a">A</label><form id="f"></form><input id="a" form="f">'), [])
  assert.deepEqual(strayIds('<input id="a" aria-describedby="a-hint b">'), [
    'aria-describedby of a <input> names a-hint, which is not there',
    'aria-describedby of a <input> names b, which is not there',
  ])
  assert.deepEqual(strayIds('<a href="#reason">理由</a>'), ['a link jumps to #reason, which is not there'])
  assert.deepEqual(strayIds('<a href="#">上</a><main id="main"></main><a href="#main">到正文</a>'), [])
})

test('what somebody typed and what a script holds is no part of it', () => {
  assert.deepEqual(strayIds('<textarea id="a">&lt;p id="a"></textarea><script>"<p id=\\"a\\">"</script>'), [])
  assert.deepEqual(strayIds('<textarea id="a"><p id="a"></textarea>'), [])
})
