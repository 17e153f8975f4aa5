import { LinkOpensNothing } from "../link-opens-nothing.tsx";

export default function LinkNotFound() {
  return <LinkOpensNothing />;
}
