import { expect, test } from 'vitest'
import { differencesOf } from '../../src-main/cli/transcript/compareLines.ts'
import { engineInCommonForm, simulatedInCommonForm } from './docker-live/knownDifferences.ts'

const line = (cmd: string, stderr: string) => ({ cmd, stdout: '', stderr, exit: 1 })

const differences = (cmd: string, engine: string, simulated: string): string[] =>
  differencesOf(engineInCommonForm(line(cmd, engine)), simulatedInCommonForm(line(cmd, simulated)))

test.each([
  [
    'docker rm c1',
    'Error: No such container: c1\n',
    'Error response from daemon: No such container: c1\n',
    'Error response from daemon: No such container: c2\n',
  ],
  [
    'docker volume inspect v',
    'Error: No such volume: v\n',
    'Error response from daemon: get v: no such volume\n',
    'Error response from daemon: get w: no such volume\n',
  ],
  [
    'docker image inspect i',
    'Error: No such image: i\n',
    'Error response from daemon: No such image: i:latest\n',
    'Error response from daemon: No such image: j:latest\n',
  ],
  [
    'docker cp c1:/x y',
    'Error: No such container:path: c1:/x\n',
    'Error response from daemon: Could not find the file /x in container c1\n',
    'not a directory\n',
  ],
  [
    'docker cp c1:/x y',
    'Error: No such container:path: c1:/x\n',
    'Error response from daemon: No such container: c1\n',
    'Error response from daemon: No such container: c2\n',
  ],
])(
  '%s: the same error in other words is none, another error is one',
  (cmd, engine, same, other) => {
    expect(differences(cmd, engine, same)).toEqual([])
    expect(differences(cmd, engine, other)).toHaveLength(1)
    expect(differences(cmd, engine, '')).toHaveLength(1)
  },
)
