import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Transcript, transcriptSchema } from '../../../src-main/cli/transcript/transcript.ts'
import type { LiveLine, LiveScript } from './liveScript.ts'

const fixtures = join(import.meta.dirname, '../../fixtures/golden')

const read = (folder: string, name: string): Transcript =>
  transcriptSchema.parse(JSON.parse(readFileSync(join(fixtures, folder, name), 'utf8')))

const linesOf = (transcript: Transcript, older: Transcript | null): LiveLine[] =>
  transcript.steps.map((step, i) => {
    const other = older?.steps[i]
    return other?.cmd.replace(/^docker-compose/, 'docker compose') !== step.cmd
      ? { text: step.cmd }
      : { text: step.cmd, recorded: { asSimulated: step, asEngine: other } }
  })

/**
 * The scripts of the recorded transcripts. Where 20.10 was recorded as answering otherwise, a line
 * brings both recordings.
 */
export const goldenScripts = (): LiveScript[] =>
  readdirSync(join(fixtures, 'docker'))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => {
      const transcript = read('docker', name)
      const older = existsSync(join(fixtures, 'docker-20.10', name))
        ? read('docker-20.10', name)
        : null
      return {
        name: transcript.name,
        cwd: `/srv/lab/${transcript.name}`,
        readyImages: ['busybox:latest'],
        builds: transcript.images,
        files: transcript.files,
        lines: linesOf(transcript, older),
      }
    })
