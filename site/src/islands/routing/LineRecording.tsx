import { useSignal } from "@preact/signals";
import { Action } from "../../kit/Action";
import { Field } from "../../kit/Field";
import { TextSkeleton } from "../../kit/Skeleton";
import { Trouble } from "../../kit/Trouble";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { profileQuery } from "../../lib/reads";
import { reasonOf } from "../../lib/refusal";
import { tell } from "../../lib/toasts";
import { useRead } from "../../lib/use-read";
import type { LineRecording as Settings } from "../../lib/wire";

/** What one number records, where that differs from the account. Only the account's owner decides it. */
export function LineRecording({ id }: { id: string }) {
	const profile = useRead(profileQuery);
	const settings = useRead({
		key: ["line-recording", id],
		read: () => said(api["phone-numbers"][":id"].recording.$get({ param: { id } })),
		enabled: profile.data?.role === "owner",
	});
	if (profile.data?.role === "member") return null;
	return (
		<section class="card mt-6" aria-labelledby="line-recording">
			<header class="line border-b px-4 py-3 lg:px-5">
				<h2 id="line-recording" class="text-base">
					Recording
				</h2>
				<p class="text-muted text-sm text-pretty">
					What the{" "}
					<a class="link" href="/settings?part=calls">
						settings of the account
					</a>{" "}
					say, unless this number says otherwise.
				</p>
			</header>
			<div class="p-4 lg:p-5">
				{settings.isPending && <TextSkeleton lines={4} label="Loading what this number records" />}
				{settings.isError && (
					<Trouble what="The recording settings did not load." error={settings.error} again={settings.again} />
				)}
				{settings.data && <Form settings={settings.data} />}
			</div>
		</section>
	);
}

/** "", "yes" or "no" of a select, as the API takes it. */
const flag = (value: FormDataEntryValue | null) => (value === "yes" ? true : value === "no" ? false : null);

function Form({ settings }: { settings: Settings }) {
	const { account, phoneNumberId: id } = settings;
	const words = useSignal<"account" | "own" | "none">(
		settings.announce === false ? "none" : settings.announcement === null ? "account" : "own",
	);
	const busy = useSignal(false);
	const trouble = useSignal("");
	async function save(event: SubmitEvent) {
		event.preventDefault();
		const form = new FormData(event.currentTarget as HTMLFormElement);
		busy.value = true;
		trouble.value = "";
		try {
			const json = {
				recordInbound: flag(form.get("recordInbound")),
				recordOutbound: flag(form.get("recordOutbound")),
				announce: words.value === "none" ? false : null,
				announcement: words.value === "own" ? String(form.get("announcement") ?? "").trim() : null,
			};
			await said(api["phone-numbers"][":id"].recording.$patch({ param: { id }, json }));
			await changed("line-recording");
			tell("This number's recording is changed.");
		} catch (error) {
			trouble.value = reasonOf(error);
		} finally {
			busy.value = false;
		}
	}
	const usual = account.recordCalls ? "recorded" : "not recorded";
	return (
		<form class="grid gap-4" onSubmit={save}>
			<div class="grid gap-4 sm:grid-cols-2">
				<Way name="recordInbound" label="Calls that come in" value={settings.recordInbound} usual={usual} />
				<Way name="recordOutbound" label="Calls that go out" value={settings.recordOutbound} usual={usual} />
			</div>
			<Field label="Said before a recorded call">
				<select
					class="select"
					value={words.value}
					onChange={({ currentTarget: { value } }) => {
						words.value = value === "own" || value === "none" ? value : "account";
					}}
				>
					<option value="account">As the account: “{account.announcement}”</option>
					<option value="own">Words of this number</option>
					<option value="none">Nothing</option>
				</select>
			</Field>
			{words.value === "own" && (
				<Field
					label="The words"
					hint="Callers hear them before anything rings; whoever is called, before the talk begins."
				>
					<textarea
						class="textarea"
						name="announcement"
						rows={2}
						maxLength={500}
						required
						defaultValue={settings.announcement ?? account.announcement}
					/>
				</Field>
			)}
			{words.value === "none" && (
				<p class="notice notice-warn">
					In many places everybody on a call has to know that it is recorded. Say nothing only where that is allowed.
				</p>
			)}
			{trouble.value && (
				<p class="notice notice-bad" role="alert">
					{trouble}
				</p>
			)}
			<Action type="submit" look="btn-primary w-fit" busy={busy.value} busyWord="Saving…">
				Save recording
			</Action>
		</form>
	);
}

function Way({ name, label, value, usual }: { name: string; label: string; value: boolean | null; usual: string }) {
	const held = value === null ? "" : value ? "yes" : "no";
	return (
		<Field label={label}>
			<select class="select" name={name} defaultValue={held}>
				<option value="" selected={held === ""}>
					As the account: {usual}
				</option>
				<option value="yes" selected={held === "yes"}>
					Recorded
				</option>
				<option value="no" selected={held === "no"}>
					Not recorded
				</option>
			</select>
		</Field>
	);
}
