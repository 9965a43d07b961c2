import type {
  BroughtCalls,
  BroughtFile,
  BroughtList,
  Handlers,
  TakenFile,
} from '../../contract/api.ts'
import { addOwnLevel, hasOwnLevel, tryLevelFile } from '../../levels/addOwnLevel.ts'
import { type LevelFile, readLevelFile } from '../../levels/levelFile.ts'
import { peekFile } from '../../progress/exportFile.ts'
import { answerWith } from '../answerWith.ts'
import { MOST_WAITING, type OpenedFile, type WaitingFile } from '../brought.ts'
import { type CallContext, playerOf, refuse, settingsOf } from '../context.ts'
import { isPublicHere, needPrivacy } from './instructor.ts'
import { importProgress } from './transfer.ts'

/** The calls about files that were opened with the game. */
export function broughtCalls<S>(context: CallContext<S>): Pick<Handlers, keyof BroughtCalls> {
  const answer = answerWith(context)
  const atHome = <T>(then: () => T): T => {
    needPrivacy(context)
    return then()
  }
  return {
    listBrought: answer<'listBrought'>(() =>
      isPublicHere(context) ? { files: [] } : list(context),
    ),
    bringLevel: answer<'bringLevel'>(({ fileName, text }) =>
      atHome(() => {
        bringFile(context, { fileName, kind: 'level', bytes: Buffer.from(text) })
        return list(context)
      }),
    ),
    takeBrought: answer<'takeBrought'>(({ fileId }) => atHome(() => take(context, fileId))),
    leaveBrought: answer<'leaveBrought'>(({ fileId }) =>
      atHome(() => {
        forget(context, fileId)
        return list(context)
      }),
    ),
  }
}

const list = <S>({ host }: CallContext<S>): BroughtList => ({
  files: host.brought.map(({ shown }) => shown),
})

/** Looks into a file and keeps it until somebody decides. Changes nothing else. */
export function bringFile<S>(context: CallContext<S>, file: OpenedFile): void {
  const { brought } = context.host
  if (brought.length >= MOST_WAITING) {
    context.log.warn(`${file.fileName} was not kept: ${MOST_WAITING} files wait already`)
    return
  }
  const holds = 'problem' in file ? nothing(file.problem) : lookInto(context, file)
  const bytes = 'problem' in file || holds.kind === 'nothing' ? Buffer.alloc(0) : file.bytes
  brought.push({ shown: { id: context.randomId(), fileName: file.fileName, holds }, bytes })
}

const nothing = (problem: string) => ({ kind: 'nothing', problem }) as const

function lookInto<S>(
  context: CallContext<S>,
  { fileName, kind, bytes }: Extract<OpenedFile, { bytes: Buffer }>,
): BroughtFile['holds'] {
  if (kind === 'progress') {
    const seen = peekFile(bytes)
    return seen.ok ? { kind, names: seen.names } : nothing(seen.message)
  }
  const read = readLevelFile(bytes.toString('utf8'), fileName)
  if (!read.ok) return nothing(`This level cannot be played here: ${read.problem}`)
  const { dataDir } = context.host
  const level = tryLevelFile(dataDir, read.value, localeOf(context))
  if (typeof level === 'string') return nothing(`This level does not hold: ${level}`)
  return { kind, title: level.texts.title, replaces: hasOwnLevel(dataDir, read.value.id) }
}

function take<S>(context: CallContext<S>, fileId: string): TakenFile {
  const file = waiting(context, fileId)
  const { holds, fileName } = file.shown
  if (holds.kind === 'nothing') return refuse('bad-request', holds.problem)
  const taken =
    holds.kind === 'progress'
      ? { kind: holds.kind, summary: importProgress(context, file.bytes.toString('base64')) }
      : takeLevel(context, file.bytes.toString('utf8'), fileName)
  forget(context, fileId)
  return taken
}

function takeLevel<S>(context: CallContext<S>, text: string, fileName: string): TakenFile {
  const read = readLevelFile(text, fileName)
  if (!read.ok) return refuse('bad-request', read.problem)
  const file: LevelFile = read.value
  const level = addOwnLevel(context.host.dataDir, file, localeOf(context))
  if (typeof level === 'string') return refuse('bad-request', `This level does not hold: ${level}`)
  context.engine.readOwnLevelsAgain()
  return { kind: 'level', levelId: level.data.id, title: level.texts.title }
}

const localeOf = <S>(context: CallContext<S>): string =>
  settingsOf(context, playerOf(context)).locale

function waiting<S>({ host }: CallContext<S>, fileId: string): WaitingFile {
  const file = host.brought.find(({ shown }) => shown.id === fileId)
  return file ?? refuse('not-found', 'This file does not wait any more.')
}

function forget<S>({ host }: CallContext<S>, fileId: string): void {
  const at = host.brought.findIndex(({ shown }) => shown.id === fileId)
  if (at >= 0) host.brought.splice(at, 1)
}
