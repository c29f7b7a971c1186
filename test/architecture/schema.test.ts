/**
 * docs/schema.sql is what the migrations make, read from PostgreSQL's own catalogue, so that a change of structure shows in review as what
 * it comes to. After a change: `KAIFONG_WRITE_SCHEMA=1 npm test -- architecture/schema`, and read the difference.
 */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { readSchema, type Statement, schemaText } from '../../src/platform/database/schema.ts'
import { cloneDatabase, type TestDatabase, urlOf } from '../harness/postgres.ts'
import { root } from './sources.ts'

const FILE = join(root, 'docs/schema.sql')
let database: TestDatabase
let owner: pg.Client
let statements: Statement[]
before(async () => {
  database = await cloneDatabase()
  owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  statements = await readSchema(owner)
})
after(async () => {
  await owner?.end()
  await database?.drop()
})

test('docs/schema.sql is what the migrations make', () => {
  const text = schemaText(statements)
  if (process.env.KAIFONG_WRITE_SCHEMA) writeFileSync(FILE, text)
  assert.ok(statements.length > 1000, `${statements.length} statements`)
  assert.ok(
    text === readFileSync(FILE, 'utf8'),
    'docs/schema.sql is stale: KAIFONG_WRITE_SCHEMA=1 npm test -- architecture/schema, and read the difference',
  )
})

test('run on an empty database it makes the same again', async () => {
  const name = `schema_${process.pid}`
  await owner.query(`create database ${name} template template0`)
  const client = new pg.Client({ connectionString: urlOf(name) })
  await client.connect()
  try {
    await client.query('create extension btree_gist')
    // A function may name what is made after it.
    await client.query('set check_function_bodies = off')
    for (const { text } of statements) await client.query(text).catch((error: Error) => assert.fail(`${error.message}\n${text}`))
    assert.equal(schemaText(await readSchema(client)), schemaText(statements))
  } finally {
    await client.end()
    await owner.query(`drop database ${name}`)
  }
})
