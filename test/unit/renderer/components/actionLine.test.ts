import type { ActionView } from '@contract/api.ts'
import { expect, it } from 'vitest'
import {
  actionLine,
  isComplete,
  lineOfDrop,
  valuesOfDrop,
} from '../../../../src-renderer/components/play/actionLine.ts'

const mount: ActionView = {
  id: 'mount',
  label: 'Mount volume',
  icon: 'volume',
  line: 'docker run -d --name db -v {volume}:{path} image',
  fields: [
    { name: 'volume', label: 'Volume', choices: ['pgdata'] },
    { name: 'path', label: 'Path', choices: [] },
  ],
  enabled: true,
}

it('fills the fields in and shows what is missing', () => {
  expect(actionLine(mount, { volume: 'pgdata' })).toBe(
    'docker run -d --name db -v pgdata:{path} image',
  )
  expect(isComplete(mount, { volume: 'pgdata', path: ' ' })).toBe(false)
  expect(isComplete(mount, { volume: 'pgdata', path: '/srv' })).toBe(true)
})

it('takes volume and path of a drop', () => {
  expect(valuesOfDrop(mount, 'pgdata', '/srv')).toEqual({ volume: 'pgdata', path: '/srv' })
  expect(valuesOfDrop(mount, null, '/srv')).toEqual({ path: '/srv' })
})

it('puts a drop on a file to the choice that holds it, and writes source and target in one', () => {
  const fields = [{ name: 'volume', label: '', choices: ['links:/index', 'links:/srv/index'] }]
  const both = { ...mount, line: 'docker run -v {volume} image', fields }
  expect(valuesOfDrop(both, null, '/srv/index/links.idx')).toEqual({ volume: 'links:/srv/index' })
  expect(valuesOfDrop(both, 'old', '/index')).toEqual({ volume: 'old:/index' })
  expect(valuesOfDrop(both, null, '/srv/indexes')).toEqual({ volume: 'links:/srv/indexes' })
  const path = { name: 'path', label: '', choices: ['/app', '/app/storage'] }
  const one = { ...mount, fields: [path] }
  expect(valuesOfDrop(one, null, '/app/storage/uploads')).toEqual({ path: '/app/storage' })
})

it('writes a whole line where the level has no action for it', () => {
  const web = { name: 'web', image: 'driftwood/web:1' }
  expect(lineOfDrop(web, 'pgdata', '/srv')).toBe(
    'docker rm -f web && docker run -d --name web -v pgdata:/srv driftwood/web:1',
  )
  expect(lineOfDrop(web, null, '/srv')).toContain('-v data:/srv ')
})
