import type { VisitReason } from '@contract/api.ts'
import { t } from '../../strings/index.ts'

/** Why somebody should go there, as a sentence. */
export function reasonText(reason: VisitReason): string {
  switch (reason.kind) {
    case 'same-wrong-move':
      return t('instructor.reason.same-wrong-move', { n: reason.times, text: reason.text })
    case 'same-command':
      return t('instructor.reason.same-command', { n: reason.times, line: reason.line })
    case 'many-resets':
      return t('instructor.reason.many-resets', { n: reason.times })
    case 'sure-and-wrong':
      return t('instructor.reason.sure-and-wrong', { n: reason.times })
    case 'idle':
      return t('instructor.reason.idle', { n: reason.minutes })
    case 'all-hints':
      return t('instructor.reason.all-hints')
    case 'can-help':
      return t('instructor.reason.can-help')
  }
}
