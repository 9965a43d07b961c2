import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { KioskView } from './contract/api.ts'

const settingsSchema = z.strictObject({
  /** Also without `--kiosk`: the machine always starts as one. */
  kiosk: z.boolean().default(false),
  idleSeconds: z.int().min(15).max(3600).default(60),
  countdownSeconds: z.int().min(5).max(600).default(20),
  /** Language of the screen that invites; a visitor can choose another. */
  locale: z.enum(['en', 'de']).default('en'),
})

/**
 * How a kiosk behaves, from `kiosk.json` in the data folder. Null: no kiosk. A string: one sentence
 * about what is wrong with the file; a kiosk that would start open instead is worse than none.
 */
export function readKioskSettings(dataDir: string, asked: boolean): KioskView | null | string {
  const file = join(dataDir, 'kiosk.json')
  let content: unknown = {}
  if (existsSync(file)) {
    try {
      // Editors on Windows may put a mark before the text.
      content = JSON.parse(readFileSync(file, 'utf8').replace(/^\ufeff/, ''))
    } catch (cause) {
      return `${file}: expected JSON (${cause instanceof Error ? cause.message : cause})`
    }
  }
  const parsed = settingsSchema.safeParse(content)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    return `${file}: ${issue?.path.join('.') || 'file'}: ${issue?.message}`
  }
  const { kiosk, idleSeconds, countdownSeconds, locale } = parsed.data
  if (!asked && !kiosk) return null
  if (countdownSeconds > idleSeconds) {
    return `${file}: countdownSeconds: expected at most idleSeconds (${idleSeconds})`
  }
  return { idleSeconds, countdownSeconds, locale }
}
