"use client";

import { useSyncExternalStore } from "react";
import { CheckboxField } from "#ui/checkbox-field.tsx";
import { isAlertSoundOn, playAlertSound, setAlertSound } from "../../alert-sound.ts";

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether this browser sounds for alerts. Switched on, it sounds once, so that one knows it can. */
export function SoundSwitch() {
  const isOn = useSyncExternalStore(subscribe, isAlertSoundOn, () => false);
  return (
    <CheckboxField
      label="Sound in this browser, also from a tab in the background"
      checked={isOn}
      onChange={({ target }) => {
        setAlertSound(target.checked);
        for (const listener of listeners) listener();
        if (target.checked) playAlertSound();
      }}
    />
  );
}
