import { postToAuth } from "./auth-request.ts";

/** Ends the session and leaves for the landing page, as a whole new page: nothing cached stays. */
export async function signOut(): Promise<void> {
  await postToAuth("signout", { callbackUrl: "/" });
  window.location.assign("/");
}
