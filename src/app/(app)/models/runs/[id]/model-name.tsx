/** A model in the column that stays while a table is scrolled: on a narrow screen it leaves room for the scores. */
export function ModelName({ name, isBaseline = false }: { name: string; isBaseline?: boolean }) {
  return (
    <span className="block w-max max-sm:max-w-[34vw] max-sm:break-words max-sm:whitespace-normal">
      <span className="font-medium">{name}</span>
      {isBaseline ? <span className="text-muted"> baseline</span> : null}
    </span>
  );
}
