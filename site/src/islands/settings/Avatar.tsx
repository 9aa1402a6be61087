import { useSignal } from "@preact/signals";
import { UserRound } from "lucide-preact";
import { Action } from "../../kit/Action";
import { api, said, signedFetch } from "../../lib/api";
import { changed } from "../../lib/cache";
import { ownProfile } from "../../lib/own-profile";
import { refusalFrom } from "../../lib/refusal";
import { tell, tellTrouble } from "../../lib/toasts";
import type { Profile } from "../../lib/wire";

/** The user's picture: shown, replaced, taken away. */
export function Avatar({ profile }: { profile: Profile }) {
	const busy = useSignal(false);

	async function during(work: () => Promise<unknown>, text: string) {
		busy.value = true;
		try {
			await work();
			await changed("profile");
			tell(text);
		} catch (error) {
			tellTrouble(error);
		} finally {
			busy.value = false;
		}
	}
	async function upload(file: File) {
		const form = new FormData();
		form.append("file", file);
		const reply = await signedFetch(`/api/profiles/${profile.id}/avatar`, { method: "POST", body: form });
		if (!reply.ok) throw await refusalFrom(reply);
	}
	async function remove() {
		await said(api.profiles[":userId"].$patch({ ...(await ownProfile()), json: { avatarUrl: null } }));
	}

	return (
		<div class="mb-5 flex items-center gap-4">
			<span class="bg-base-200 line text-muted grid size-16 flex-none place-items-center overflow-hidden rounded-full border">
				{profile.avatarUrl ? (
					<img
						src={profile.avatarUrl}
						alt="You, as others see you"
						class="size-full object-cover"
						referrerPolicy="no-referrer"
					/>
				) : (
					<UserRound size={28} aria-hidden />
				)}
			</span>
			<div class="min-w-0">
				<div class="flex flex-wrap gap-2">
					<label class="btn btn-quiet btn-sm has-focus-visible:outline-primary has-focus-visible:outline-2 has-focus-visible:outline-offset-2">
						{busy.value ? "Uploading…" : profile.avatarUrl ? "Change picture" : "Upload a picture"}
						<input
							type="file"
							class="sr-only"
							accept="image/png,image/jpeg,image/gif,image/webp"
							disabled={busy.value}
							onChange={(event) => {
								const file = event.currentTarget.files?.[0];
								event.currentTarget.value = "";
								if (file) void during(() => upload(file), "Your picture is changed.");
							}}
						/>
					</label>
					{profile.avatarUrl && (
						<Action
							look="btn-ghost"
							class="btn-sm"
							busy={busy.value}
							onClick={() => during(remove, "Your picture is removed.")}
						>
							Remove
						</Action>
					)}
				</div>
				<p class="text-faint mt-1 text-xs">PNG, JPEG, GIF or WebP, at most 1 MB.</p>
			</div>
		</div>
	);
}
