import { type SoundName, sounds, type Tone } from './tones.ts'

const VOLUME = 0.16
const ATTACK_SECONDS = 0.012

let context: AudioContext | null = null

function playTone(audio: AudioContext, tone: Tone): void {
  const start = audio.currentTime + tone.at
  const end = start + tone.seconds
  const oscillator = new OscillatorNode(audio, { type: tone.shape, frequency: tone.from })
  oscillator.frequency.exponentialRampToValueAtTime(tone.to, end)
  const gain = new GainNode(audio, { gain: 0 })
  gain.gain.setValueAtTime(0, start)
  gain.gain.linearRampToValueAtTime(tone.loud * VOLUME, start + ATTACK_SECONDS)
  gain.gain.exponentialRampToValueAtTime(0.0001, end)
  oscillator.connect(gain).connect(audio.destination)
  oscillator.start(start)
  oscillator.stop(end)
}

/** Plays a sound; synthesised, so that there are no files. A machine without sound stays silent. */
export function playSound(name: SoundName): void {
  if (typeof AudioContext === 'undefined') return
  try {
    context ??= new AudioContext()
    // Browsers hold a context until the player has done something; by now he or she has.
    if (context.state === 'suspended') void context.resume()
    for (const tone of sounds[name]) playTone(context, tone)
  } catch {
    // No sound device, or no room for another context: the game is complete without it.
    context = null
  }
}
