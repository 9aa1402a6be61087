import { useSignal } from "@preact/signals";
import { LogOut, MonitorSmartphone } from "lucide-preact";
import { Action } from "../../kit/Action";
import { TextSkeleton } from "../../kit/Skeleton";
import { Trouble } from "../../kit/Trouble";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { leave } from "../../lib/leave";
import { tell, tellTrouble } from "../../lib/toasts";
import { useRead } from "../../lib/use-read";
import { ago } from "../../lib/words";
import { deviceWord } from "./device-word";
import { Section } from "./Section";

const OTHERS = "others";

/** Where the user is signed in, and how to end it. */
export function Devices() {
	const devices = useRead({
		key: ["devices"],
		read: () => said(api.auth.sessions.$get({ query: { limit: "100" } })),
	});
	const busy = useSignal("");

	async function end(id: string, text: string) {
		busy.value = id;
		try {
			await (id === OTHERS
				? said(api.auth.sessions.$delete())
				: said(api.auth.sessions[":id"].$delete({ param: { id } })));
			await changed("devices");
			tell(text);
		} catch (error) {
			tellTrouble(error);
		} finally {
			busy.value = "";
		}
	}

	const others = devices.data?.items.some(({ current }) => !current);
	return (
		<Section
			id="devices"
			title="Signed-in devices"
			actions={
				<>
					{others && (
						<Action
							look="btn-quiet"
							class="btn-sm"
							busy={busy.value === OTHERS}
							busyWord="Signing out…"
							onClick={() => end(OTHERS, "All other devices are signed out.")}
						>
							Sign out all others
						</Action>
					)}
					<button type="button" class="btn btn-quiet btn-sm" onClick={() => void leave()}>
						<LogOut size={15} aria-hidden /> Sign out here
					</button>
				</>
			}
		>
			{devices.isPending && <TextSkeleton lines={2} label="Loading your devices" />}
			{devices.isError && <Trouble what="Your devices did not load." error={devices.error} again={devices.again} />}
			<ul class="flex flex-col gap-4">
				{devices.data?.items.map((device) => (
					<li key={device.id} class="flex items-center gap-4">
						<MonitorSmartphone size={20} class="text-muted flex-none" aria-hidden />
						<div class="min-w-0 flex-1">
							<p class="truncate font-medium">{deviceWord(device.userAgent)}</p>
							<p class="text-muted text-xs">
								{device.current ? "This device" : `Last used ${ago(device.lastUsedAt)}`}
								{device.ip && `, from ${device.ip}`}
							</p>
						</div>
						{!device.current && (
							<Action
								look="btn-quiet"
								class="btn-sm"
								busy={busy.value === device.id}
								onClick={() => end(device.id, "That device is signed out.")}
							>
								Sign out
							</Action>
						)}
					</li>
				))}
			</ul>
		</Section>
	);
}
