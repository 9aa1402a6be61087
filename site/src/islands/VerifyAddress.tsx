import { useSignal } from "@preact/signals";
import { CircleCheck, LoaderCircle } from "lucide-preact";
import { useEffect } from "preact/hooks";
import { said } from "../lib/api";
import { door } from "../lib/door";
import { Refusal, reasonOf } from "../lib/refusal";
import { OutboxLink } from "./door/OutboxLink";

/** Confirms an address with the token of the mailed link that led here. */
export function VerifyAddress() {
	const done = useSignal("");
	const trouble = useSignal("");
	useEffect(() => {
		const token = new URLSearchParams(location.search).get("token") ?? "";
		said(door.email.verify.$post({ json: { token } }))
			.then(({ message }) => {
				done.value = message;
			})
			.catch((error) => {
				const incomplete = error instanceof Refusal && error.fields.token;
				trouble.value = incomplete ? "This link is not complete. Open it from the mail again." : reasonOf(error);
			});
	}, []);
	return (
		<div class="flex flex-col gap-4">
			{!done.value && !trouble.value && (
				<p class="flex items-center gap-3" role="status">
					<LoaderCircle size={18} class="spin" aria-hidden /> Confirming…
				</p>
			)}
			{done.value && (
				<p class="flex items-start gap-3" role="status">
					<CircleCheck size={20} class="text-success mt-0.5 flex-none" aria-hidden /> {done}
				</p>
			)}
			{trouble.value && (
				<>
					<p class="notice notice-bad" role="alert">
						{trouble}
					</p>
					<p class="text-muted text-sm">
						In the settings, beside your address, you can have a new link mailed. <OutboxLink />
					</p>
				</>
			)}
			<a class="btn btn-primary" href="/dashboard">
				Go to your desk
			</a>
		</div>
	);
}
