import { NothingHere } from "../nothing-here.tsx";

/** Inside the shell, which has the main part of the page. */
export default function PageNotFound() {
  return (
    <div className="mx-auto flex min-h-[60dvh] max-w-xl items-center justify-center">
      <NothingHere />
    </div>
  );
}
