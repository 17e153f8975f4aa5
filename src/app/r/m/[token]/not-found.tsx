import { LinkOpensNothing } from "../../link-opens-nothing.tsx";

export default function ModelLinkNotFound() {
  return <LinkOpensNothing />;
}
