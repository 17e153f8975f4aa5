/** Two prices that move together. */
export function Logo(props: { className?: string | undefined }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={props.className ?? "size-6"}>
      <path
        d="M2 15 L8 7.5 L13 12 L22 3"
        fill="none"
        stroke="var(--leg-y)"
        strokeWidth="2.2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <path
        d="M2 21 L8 13.5 L13 18 L22 9.5"
        fill="none"
        stroke="var(--leg-x)"
        strokeWidth="2.2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
