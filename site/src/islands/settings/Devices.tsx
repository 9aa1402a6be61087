import { useSignal } from "@preact/signals";
import { useQuery } from "@tanstack/preact-query";
import { LogOut, MonitorSmartphone } from "lucide-preact";
import { Action } from "../../kit/Action";
import { TextSkeleton } from "../../kit/Skeleton";
import { Trouble } from "../../kit/Trouble";
import { ask } from "../../lib/api";
import { changed } from "../../lib/changes";
import { leave } from "../../lib/leave";
import { tell, tellTrouble } from "../../lib/toasts";
import type { Device, Page } from "../../lib/wire";
import { ago } from "../../lib/words";
import { deviceWord } from "./device-word";
import { Section } from "./Section";

/** Where the user is signed in, and how to end it. */
export function Devices() {
	const devices = useQuery({
		queryKey: ["devices"],
		queryFn: () => ask<Page<Device>>("GET", "/api/auth/sessions?limit=100"),
	});
	const busy = useSignal("");

	async function end(path: string, said: string) {
		busy.value = path;
		try {
			await ask("DELETE", path);
			await changed("devices");
			tell(said);
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
							busy={busy.value === "/api/auth/sessions"}
							busyWord="Signing out…"
							onClick={() => end("/api/auth/sessions", "All other devices are signed out.")}
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
			{devices.isError && <Trouble what="Your devices did not load." error={devices.error} again={devices.refetch} />}
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
								busy={busy.value === `/api/auth/sessions/${device.id}`}
								onClick={() => end(`/api/auth/sessions/${device.id}`, "That device is signed out.")}
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
