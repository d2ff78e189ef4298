/** Plays short tones for a fill, different for bought and sold. They are synthesised, without sound files. */

import type { Side } from "#protocol";

const NOTES_HZ: Record<Side, readonly [number, number]> = { buy: [523, 784], sell: [784, 523] };
const NOTE_S = 0.09;
const VOLUME = 0.08;

let context: AudioContext | null = null;

export function playFill(side: Side): void {
  try {
    context ??= new AudioContext();
  } catch {
    return; // There is no audio device.
  }
  for (const [index, hz] of NOTES_HZ[side].entries()) {
    const start = context.currentTime + index * NOTE_S;
    const tone = context.createOscillator();
    const gain = context.createGain();
    tone.frequency.value = hz;
    gain.gain.setValueAtTime(VOLUME, start);
    gain.gain.exponentialRampToValueAtTime(0.001, start + NOTE_S);
    tone.connect(gain).connect(context.destination);
    tone.start(start);
    tone.stop(start + NOTE_S);
  }
}
