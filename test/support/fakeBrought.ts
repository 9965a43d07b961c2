import type { BroughtCalls, BroughtFile, ReplyValue, Request } from '@contract/api.ts'

type Answers = { [K in keyof BroughtCalls]: (request: Request<K>) => ReplyValue<K> }

/** The calls about files that were opened with the game, over a list in memory. */
export function fakeBrought(atStart: readonly BroughtFile[] = []): Answers {
  let files = atStart
  const without = (fileId: string) => {
    files = files.filter(({ id }) => id !== fileId)
    return { files }
  }
  return {
    listBrought: () => ({ files }),
    bringLevel: ({ fileName }) => {
      const holds = { kind: 'level', title: 'Low tide', replaces: true } as const
      files = [...files, { id: `file-${files.length + 1}`, fileName, holds }]
      return { files }
    },
    takeBrought: ({ fileId }) => {
      const file = files.find(({ id }) => id === fileId)
      without(fileId)
      if (file?.holds.kind === 'level') {
        return { kind: 'level', levelId: 'own.low-tide', title: file.holds.title }
      }
      const names = file?.holds.kind === 'progress' ? file.holds.names : []
      const counts = { players: 1, attempts: 2, actions: 30, quizAnswers: 0, reviews: 0 }
      return { kind: 'progress', summary: { names, ...counts, unreadable: 0 } }
    },
    leaveBrought: ({ fileId }) => without(fileId),
  }
}
