import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { said } from "../../lib/api";
import { door } from "../../lib/door";
import { ownPath } from "../../lib/paths";

/** The way in with Google, where the installation has one. */
export function GoogleButton() {
	const href = useSignal("");
	useEffect(() => {
		said(door.providers.$get())
			.then(({ google }) => {
				const next = ownPath(new URLSearchParams(location.search).get("next"));
				if (google) href.value = `/api/auth/google?next=${encodeURIComponent(next)}`;
			})
			.catch(() => {}); // without an answer there is still the password
	}, []);
	if (!href.value) return null;
	return (
		<a class="btn btn-quiet" href={href} data-astro-reload>
			Continue with Google
		</a>
	);
}
