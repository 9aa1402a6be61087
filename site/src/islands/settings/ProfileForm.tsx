import { useSignal } from "@preact/signals";
import { Action } from "../../kit/Action";
import { Field } from "../../kit/Field";
import { TextSkeleton } from "../../kit/Skeleton";
import { Trouble } from "../../kit/Trouble";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { ownProfile } from "../../lib/own-profile";
import { profileQuery } from "../../lib/reads";
import { Refusal, reasonOf } from "../../lib/refusal";
import { tell } from "../../lib/toasts";
import { useRead } from "../../lib/use-read";
import { Avatar } from "./Avatar";
import { Section } from "./Section";
import { UnconfirmedAddress } from "./UnconfirmedAddress";

/** Every zone that this browser lists, and the one that is set, which may be none of them: "UTC". */
function zonesWith(own: string | null): string[] {
	const zones = Intl.supportedValuesOf("timeZone");
	return own && !zones.includes(own) ? [own, ...zones] : zones;
}

/** Who the user is, in their own words. */
export function ProfileForm() {
	const profile = useRead(profileQuery);
	const busy = useSignal(false);
	const wrong = useSignal<Record<string, string>>({});
	const trouble = useSignal("");

	async function save(event: SubmitEvent) {
		event.preventDefault();
		const form = new FormData(event.currentTarget as HTMLFormElement);
		const typed = (name: string) => String(form.get(name) ?? "").trim();
		busy.value = true;
		wrong.value = {};
		trouble.value = "";
		try {
			await said(
				api.profiles[":userId"].$patch({
					...(await ownProfile()),
					json: {
						fullName: typed("fullName") || null,
						companyName: typed("companyName") || null,
						timeZone: typed("timeZone") || null,
					},
				}),
			);
			await changed("profile");
			tell("Your profile is saved.");
		} catch (error) {
			if (error instanceof Refusal) wrong.value = error.fields;
			if (Object.keys(wrong.value).length === 0) trouble.value = reasonOf(error);
		} finally {
			busy.value = false;
		}
	}

	return (
		<Section id="profile" title="Profile">
			{profile.isPending && <TextSkeleton lines={4} label="Loading your profile" />}
			{profile.isError && <Trouble what="Your profile did not load." error={profile.error} again={profile.again} />}
			{profile.data && <Avatar profile={profile.data} />}
			{profile.data && (
				<form onSubmit={save} class="grid gap-4 sm:grid-cols-2">
					<Field label="Name" error={wrong.value.fullName}>
						<input
							class="input"
							name="fullName"
							autocomplete="name"
							maxLength={100}
							defaultValue={profile.data.fullName ?? ""}
						/>
					</Field>
					<Field label="Company" optional error={wrong.value.companyName}>
						<input
							class="input"
							name="companyName"
							autocomplete="organization"
							maxLength={100}
							defaultValue={profile.data.companyName ?? ""}
						/>
					</Field>
					<Field label="E-mail" hint="It is what you sign in with.">
						<input class="input" value={profile.data.email} readOnly />
					</Field>
					<Field label="Time zone" error={wrong.value.timeZone}>
						<select class="select" name="timeZone" defaultValue={profile.data.timeZone ?? ""}>
							<option value="">Not said</option>
							{zonesWith(profile.data.timeZone).map((zone) => (
								<option key={zone} value={zone} selected={zone === profile.data.timeZone}>
									{zone.replaceAll("_", " ")}
								</option>
							))}
						</select>
					</Field>
					{!profile.data.emailVerified && <UnconfirmedAddress />}
					{trouble.value && (
						<p class="notice notice-bad sm:col-span-2" role="alert">
							{trouble}
						</p>
					)}
					<div class="sm:col-span-2 sm:text-end">
						<Action type="submit" busy={busy.value} busyWord="Saving…">
							Save profile
						</Action>
					</div>
				</form>
			)}
		</Section>
	);
}
