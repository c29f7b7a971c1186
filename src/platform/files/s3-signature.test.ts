/** What signs is a library; these are the signatures that AWS publishes, so that a newer version of it cannot drift. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AwsV4Signer } from 'aws4fetch'

const signatureOf = async (options: ConstructorParameters<typeof AwsV4Signer>[0]): Promise<string> => {
  const { headers } = await new AwsV4Signer(options).sign()
  return /Signature=([0-9a-f]{64})$/.exec(headers.get('authorization')!)![1]!
}

/** Amazon S3 API Reference, “Examples: Signature Calculations in AWS Signature Version 4”. */
const s3 = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  service: 's3',
  region: 'us-east-1',
  datetime: '20130524T000000Z',
  allHeaders: true,
}
const host = 'https://examplebucket.s3.amazonaws.com'
const empty = { 'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' }

test('the examples of Amazon S3: get, put, one setting of a bucket, a list', async () => {
  assert.equal(
    await signatureOf({ ...s3, method: 'GET', url: `${host}/test.txt`, headers: { ...empty, range: 'bytes=0-9' } }),
    'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  )
  const put = {
    date: 'Fri, 24 May 2013 00:00:00 GMT',
    'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
    'x-amz-storage-class': 'REDUCED_REDUNDANCY',
  }
  assert.equal(
    await signatureOf({ ...s3, method: 'PUT', url: `${host}/test$file.text`, headers: put }),
    '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
  )
  assert.equal(
    await signatureOf({ ...s3, method: 'GET', url: `${host}/?lifecycle`, headers: empty }),
    'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
  )
  assert.equal(
    await signatureOf({ ...s3, method: 'GET', url: `${host}/?max-keys=2&prefix=J`, headers: empty }),
    '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
  )
})

test('the test suite of Signature Version 4', async () => {
  const suite = {
    accessKeyId: 'AKIDEXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
    service: 'service',
    region: 'us-east-1',
    datetime: '20150830T123600Z',
    // The suite gives paths before they are encoded, a URL after.
    singleEncode: true,
  }
  const url = 'https://example.amazonaws.com/'
  const published = [
    ['GET', '', '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
    ['GET', '?Param2=value2&Param1=value1', 'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500'],
    ['GET', '\u1234', '8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85'],
    ['POST', '', '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'],
  ] as const
  for (const [method, path, signature] of published)
    assert.equal(await signatureOf({ ...suite, method, url: url + path }), signature, `${method} /${path}`)
})
