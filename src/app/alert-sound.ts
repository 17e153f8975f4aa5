const KEY = "alert-sound";
const SECONDS = 0.18;

/** Whether this browser is to sound for alerts: off until somebody asks for it. */
export function isAlertSoundOn(): boolean {
  return window.localStorage.getItem(KEY) === "on";
}

export function setAlertSound(isOn: boolean): void {
  if (isOn) window.localStorage.setItem(KEY, "on");
  else window.localStorage.removeItem(KEY);
}

/** Two short notes; nothing where the browser does not let a page sound before it was touched. */
export function playAlertSound(): void {
  const audio = new AudioContext();
  for (const [index, frequency] of [660, 880].entries()) {
    const note = audio.createOscillator();
    const volume = audio.createGain();
    const start = audio.currentTime + index * SECONDS;
    note.frequency.value = frequency;
    volume.gain.setValueAtTime(0.12, start);
    volume.gain.exponentialRampToValueAtTime(0.001, start + SECONDS);
    note.connect(volume).connect(audio.destination);
    note.start(start);
    note.stop(start + SECONDS);
    if (index === 1) note.onended = () => void audio.close();
  }
}
