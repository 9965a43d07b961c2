import type { StepFrame } from '@contract/api.ts'
import { watch } from 'vue'
import { playSound } from '../sound/playSound.ts'
import type { SoundName } from '../sound/tones.ts'
import { usePlaybackStore } from '../stores/playbackStore.ts'
import { usePlayStore } from '../stores/playStore.ts'
import { useQuizStore } from '../stores/quizStore.ts'
import { useSettingsStore } from '../stores/settingsStore.ts'

/** The sound of an event, where it has one. Most have none: few sounds stay friends. */
const soundOf: Partial<Record<StepFrame['event']['type'], SoundName>> = {
  'copy-up-started': 'copyUp',
  'file-written': 'write',
  'whiteout-created': 'whiteout',
  mounted: 'moored',
  'layer-discarded': 'lost',
}

/** Soft sounds for what is to be heard, when the player wants them. Nothing is told by sound alone. */
export function useSounds(): void {
  const settings = useSettingsStore()
  const playback = usePlaybackStore()
  const play = usePlayStore()
  const quiz = useQuizStore()
  const sound = (name: SoundName | undefined) => {
    if (name && settings.settings.sound) playSound(name)
  }

  watch(
    () => playback.frame,
    (frame) => {
      if (frame && playback.isPlaying) sound(soundOf[frame.event.type])
    },
  )
  watch(
    () => play.view,
    (now, before) => {
      if (!now || !before || now.attemptId !== before.attemptId) return
      const met = (view: typeof now) => view.goals.filter(({ state }) => state === 'met').length
      if (now.solved && !before.solved) sound('solved')
      else if (met(now) > met(before)) sound('goal')
    },
  )
  watch(
    () => quiz.quiz?.questions.filter(({ chosen }) => chosen !== null).length,
    (now = 0, before = now) => {
      if (now === before + 1) sound(quiz.question?.right ? 'right' : 'wrong')
    },
  )
}
