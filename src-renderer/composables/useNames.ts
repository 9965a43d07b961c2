import type { GroupView } from '@contract/api.ts'
import { computed, type Ref } from 'vue'
import { t } from '../strings/index.ts'

/**
 * The group with its names, or with a number for each. Who has a number keeps it while the view is
 * open, also when others come.
 */
export function useNames(group: Ref<GroupView | null>, isHidden: Ref<boolean>) {
  const numbers = new Map<string, number>()
  const number = (id: string): number => {
    const known = numbers.get(id) ?? numbers.size + 1
    numbers.set(id, known)
    return known
  }
  return computed((): GroupView | null => {
    if (group.value === null || !isHidden.value) return group.value
    const { players } = group.value
    for (const id of players.map((one) => one.id).toSorted()) number(id)
    return {
      ...group.value,
      players: players.map((player) => ({
        ...player,
        name: t('instructor.numbered', { number: String(number(player.id)) }),
      })),
    }
  })
}
