import { CheckboxField } from "#ui/checkbox-field.tsx";
import { TRADE_BAR_CHOICES } from "./format-choices.ts";

type IntervalChoiceProps = {
  intervalsMs: readonly number[];
  onChange: (intervalsMs: readonly number[]) => void;
};

/** The bars that trades become: each choice is a series of its own. */
export function IntervalChoice({ intervalsMs, onChange }: IntervalChoiceProps) {
  return (
    <fieldset className="flex flex-wrap items-center gap-x-6 gap-y-2">
      <legend className="float-left mr-6 text-muted text-sm">Build bars of</legend>
      {TRADE_BAR_CHOICES.map(({ ms, label }) => (
        <CheckboxField
          key={ms}
          label={label}
          checked={intervalsMs.includes(ms)}
          onChange={(event) =>
            onChange(
              event.target.checked
                ? [...intervalsMs, ms]
                : intervalsMs.filter((other) => other !== ms),
            )
          }
        />
      ))}
    </fieldset>
  );
}
