import { NothingHere } from "./nothing-here.tsx";

export default function NotFound() {
  return (
    <main className="mx-auto flex min-h-[70dvh] max-w-xl items-center justify-center">
      <NothingHere />
    </main>
  );
}
