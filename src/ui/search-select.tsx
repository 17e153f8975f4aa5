"use client";

import { Check, ChevronsUpDown } from "lucide-react";
import { type KeyboardEvent, type ReactNode, type Ref, useId, useState } from "react";
import { Field } from "./field.tsx";
import { CONTROL_CLASS, fieldAria } from "./field-aria.ts";
import { formatInteger } from "./format.ts";
import {
  CLOSED,
  FOUND_MAX,
  findOptions,
  onKey,
  opened,
  type SearchOption,
} from "./search-select-state.ts";

export type SearchSelectProps = {
  label: ReactNode;
  options: readonly SearchOption[];
  /** Of the option that is chosen; "": none is. */
  value: string;
  onChange: (value: string) => void;
  help?: ReactNode;
  error?: string | undefined;
  optional?: boolean | undefined;
  /** While nothing is chosen. */
  placeholder?: string | undefined;
  id?: string | undefined;
  name?: string | undefined;
  disabled?: boolean | undefined;
  onBlur?: (() => void) | undefined;
  ref?: Ref<HTMLInputElement> | undefined;
  className?: string | undefined;
};

/** One of many, found by typing a part of its name: an editable combobox with a list. */
export function SearchSelect(props: SearchSelectProps) {
  const { options, value, onChange, optional = false } = props;
  const ownId = useId();
  const id = props.id ?? ownId;
  const listId = `${id}-list`;
  const [state, setState] = useState(CLOSED);
  const chosen = options.find((option) => option.value === value);
  const all = findOptions(options, state.typed);
  const found = all.slice(0, FOUND_MAX);
  const active = state.isOpen ? found[state.activeIndex] : undefined;
  const aria = fieldAria(id, {
    help: props.help !== undefined,
    error: props.error !== undefined,
  });

  const choose = (option: SearchOption) => {
    if (option.disabled === true) return;
    setState(CLOSED);
    if (option.value !== value) onChange(option.value);
  };
  const open = () => {
    if (props.disabled !== true && !state.isOpen) setState(opened(options, value));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    // While letters are composed, keys belong to the composition.
    if (event.nativeEvent.isComposing) return;
    const effect = onKey(state, event.key, found, () => opened(options, value));
    if (effect === null) return;
    // A dialog around it would close on the same Escape.
    if (event.key === "Escape") event.stopPropagation();
    if (effect.kind === "state") setState(effect.state);
    else choose(effect.option);
    if (effect.kind === "state" || !effect.moves) event.preventDefault();
  };
  const onLeave = () => {
    if (optional && state.typed !== null && state.typed.trim() === "" && value !== "") onChange("");
    setState(CLOSED);
    props.onBlur?.();
  };
  return (
    <Field
      label={props.label}
      htmlFor={id}
      help={props.help}
      error={props.error}
      optional={optional}
      className={props.className}
    >
      <div className="relative">
        {/* Where there is little room the hint gives way: the value is what was chosen. */}
        <div className="@container relative">
          <input
            {...aria}
            ref={props.ref}
            id={id}
            name={props.name}
            role="combobox"
            aria-expanded={state.isOpen}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={active === undefined ? undefined : optionId(listId, active)}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            disabled={props.disabled}
            placeholder={chosen?.label ?? props.placeholder ?? "Type to search"}
            value={state.typed ?? chosen?.label ?? ""}
            className={`${CONTROL_CLASS} ${state.typed === null && chosen?.hint !== undefined ? "pr-8 @sm:pr-40" : "pr-8"}`}
            onChange={(event) => setState(opened(options, value, event.target.value))}
            onFocus={(event) => event.target.select()}
            onClick={open}
            onKeyDown={onKeyDown}
            onBlur={onLeave}
          />
          <span
            aria-hidden
            className="pointer-events-none absolute inset-y-0 right-2.5 flex items-center gap-2 text-xs text-muted"
          >
            {state.typed === null ? (
              <span className="hidden max-w-28 truncate @sm:block">{chosen?.hint}</span>
            ) : null}
            <ChevronsUpDown className="size-4 shrink-0" />
          </span>
        </div>
        {state.isOpen ? (
          <FoundList
            id={listId}
            found={found}
            left={all.length - found.length}
            value={value}
            active={active}
            onChoose={choose}
          />
        ) : null}
      </div>
    </Field>
  );
}

function optionId(listId: string, { value }: SearchOption): string {
  return `${listId}-${value}`;
}

function FoundList(props: {
  id: string;
  found: readonly SearchOption[];
  /** Found and not shown. */
  left: number;
  value: string;
  active: SearchOption | undefined;
  onChoose: (option: SearchOption) => void;
}) {
  const { id, found, left, value, active, onChoose } = props;
  return (
    <div className="absolute inset-x-0 top-full z-30 mt-1 rounded-lg border border-line bg-surface p-1 text-sm shadow-float">
      <div
        id={id}
        role="listbox"
        aria-label="Found"
        tabIndex={-1}
        // The box keeps the focus, so that typing goes on and leaving is told once.
        onMouseDown={(event) => event.preventDefault()}
        className="max-h-64 overflow-y-auto"
      >
        {found.map((option) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the box keeps the focus and points here
          // biome-ignore lint/a11y/useKeyWithClickEvents: the box has the keys
          <div
            key={option.value}
            id={optionId(id, option)}
            ref={option === active ? intoView : undefined}
            role="option"
            aria-selected={option.value === value}
            aria-disabled={option.disabled}
            data-active={option === active || undefined}
            onClick={() => onChoose(option)}
            className="flex min-h-8 cursor-pointer items-center gap-2 rounded px-2 py-1 select-none hover:bg-surface-2 aria-disabled:cursor-default aria-disabled:opacity-50 data-active:bg-surface-2 pointer-coarse:min-h-10"
          >
            <span className="truncate">{option.label}</span>
            {option.hint === undefined ? null : (
              <span className="truncate text-xs text-muted">{option.hint}</span>
            )}
            {option.value === value ? <Check aria-hidden className="ml-auto size-4" /> : null}
          </div>
        ))}
      </div>
      {found.length > 0 && left === 0 ? null : (
        <p className="px-2 py-1.5 text-[13px] text-muted">
          {found.length === 0
            ? "Nothing has that name."
            : `${formatInteger(left)} more: type to narrow them down.`}
        </p>
      )}
      <p role="status" className="sr-only">
        {`${formatInteger(found.length)} found`}
      </p>
    </div>
  );
}

function intoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: "nearest" });
}
