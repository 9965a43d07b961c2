import type { ImportSummary } from '@contract/api.ts'
import { t } from '../../strings/index.ts'

/** What an import added, in a sentence or two. */
export function importedText(summary: ImportSummary): string {
  const isNothing = summary.players + summary.attempts + summary.actions + summary.reviews === 0
  const lines = [
    isNothing
      ? t('players.importedNothing')
      : t('players.imported', {
          names: summary.names.join(', '),
          attempts: t('players.importedAttempts', { n: summary.attempts }),
          actions: t('players.exportedActions', { n: summary.actions }),
        }),
  ]
  if (summary.unreadable > 0) lines.push(t('players.importedUnreadable', { n: summary.unreadable }))
  return lines.join(' ')
}
