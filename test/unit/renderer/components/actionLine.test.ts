import type { ActionView } from '@contract/api.ts'
import { expect, it } from 'vitest'
import {
  actionLine,
  isComplete,
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
