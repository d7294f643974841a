/** One note: a bell-like or steady sound of several sine waves. Times in seconds, from the start of its tone. */
export interface Note {
  at: number;
  lasts: number;
  /** In hertz. */
  frequencies: readonly number[];
  /** `bell`: struck and dying away; `steady`: on, then off. */
  shape: 'bell' | 'steady';
}

/** A sound: its notes, and its length with the pause before it repeats, in seconds. */
export interface Tone {
  notes: readonly Note[];
  cycle: number;
  /** Loudness at full volume, 0–1. */
  gain: number;
}

const C5 = 523.25;
const E5 = 659.26;
const G5 = 783.99;
const C6 = 1046.5;

const bell = (at: number, frequency: number): Note => ({
  at,
  lasts: 0.7,
  // A fainter octave above makes a sine sound struck.
  frequencies: [frequency, frequency * 2],
  shape: 'bell',
});

const steady = (at: number, lasts: number, frequencies: readonly number[]): Note => ({
  at,
  lasts,
  frequencies,
  shape: 'steady',
});

/** 1.6 s of ringing, 2.4 s of pause: two rising figures. */
const ringtone: Tone = {
  notes: [bell(0, E5), bell(0.15, G5), bell(0.3, C6), bell(0.75, E5), bell(0.9, G5), bell(1.05, C6)],
  cycle: 4,
  gain: 0.5,
};

/** The two frequencies of the North American ring-back tone (ITU-T E.180), softer and shorter. */
const ringBack: Tone = { notes: [steady(0, 1.2, [440, 480])], cycle: 4, gain: 0.12 };

const ended: Tone = { notes: [bell(0, G5), bell(0.16, C5)], cycle: 0.9, gain: 0.25 };

const busy: Tone = {
  notes: [0, 0.5, 1].map((at) => steady(at, 0.25, [480, 620])),
  cycle: 1.3,
  gain: 0.12,
};

/** Two soft notes that fall and stay open: something is missing, and it is looked for. */
const interrupted: Tone = { notes: [bell(0, E5), bell(0.22, C5)], cycle: 1, gain: 0.15 };

/** One soft note: short enough not to annoy when several messages come. */
const message: Tone = { notes: [bell(0, C6)], cycle: 0.8, gain: 0.25 };

export const TONES = { ringtone, ringBack, ended, busy, interrupted, message } as const;
