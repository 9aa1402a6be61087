import { useSignal } from "@preact/signals";
import { later } from "../../kit/later";
import { TextSkeleton } from "../../kit/Skeleton";
import { Trouble } from "../../kit/Trouble";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { settingsQuery } from "../../lib/reads";
import { tell, tellTrouble } from "../../lib/toasts";
import { useRead } from "../../lib/use-read";
import { Section } from "./Section";

const PersonalNumberDialog = later(() =>
	import("../personal-number/PersonalNumberDialog").then((part) => part.PersonalNumberDialog),
);

/** The user's own number, by which others find them. */
export function PersonalNumber() {
	const settings = useRead(settingsQuery);
	const editing = useSignal(false);
	const number = settings.data?.settings.personalPhoneNumber;

	function remove() {
		said(api.users.phone.$delete())
			.then(() => changed("settings"))
			.then(() => tell("Your personal number is removed."))
			.catch(tellTrouble);
	}

	function show(discoverable: boolean) {
		said(api.users.settings.$patch({ json: { discoverable } }))
			.then(() => changed("settings"))
			.catch(tellTrouble);
	}

	return (
		<Section
			id="personal-number"
			title="Personal number"
			lead="People who know it can find you here. It is shown to nobody."
		>
			{settings.isPending && <TextSkeleton lines={1} label="Loading your number" />}
			{settings.isError && <Trouble what="Your number did not load." error={settings.error} again={settings.again} />}
			{settings.data && (
				<div class="flex flex-wrap items-center gap-3">
					<p class={`me-auto ${number ? "phone text-lg font-medium" : "text-muted text-sm"}`}>
						{number ?? "None given."}
					</p>
					{number && (
						<button type="button" class="btn btn-quiet hover:text-error" onClick={remove}>
							Remove
						</button>
					)}
					<button
						type="button"
						class="btn btn-quiet"
						onClick={() => {
							editing.value = true;
						}}
					>
						{number ? "Change" : "Add your number"}
					</button>
				</div>
			)}
			{settings.data && (
				<label class="mt-4 flex min-h-8 items-center gap-2.5 text-sm">
					<input
						type="checkbox"
						class="checkbox checkbox-primary"
						checked={settings.data.settings.discoverable}
						onChange={(event) => show(event.currentTarget.checked)}
					/>
					Whoever knows my number may find me by it and call me here
				</label>
			)}
			{editing.value && (
				<PersonalNumberDialog
					title={number ? "Change your number" : "Add your number"}
					cancelWord="Cancel"
					onClose={() => {
						editing.value = false;
					}}
					onSaved={() => {
						editing.value = false;
					}}
				/>
			)}
		</Section>
	);
}
