import { FileText } from "lucide-preact";
import type { ComponentChildren } from "preact";
import type { Message } from "../../lib/wire";

/** Addresses in a text become links; everything else stays the text that it is. */
export function Words({ text, own }: { text: string; own: boolean }) {
	return (
		<p dir="auto" class="whitespace-pre-wrap wrap-anywhere">
			{text.split(/(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])/g).map((part, at) =>
				at % 2 && URL.canParse(part) ? (
					<a
						key={`${at}${part}`}
						class={`underline  ${own ? "" : "text-primary"}`}
						href={part}
						target="_blank"
						rel="noopener noreferrer nofollow ugc"
					>
						{part}
					</a>
				) : (
					part
				),
			)}
		</p>
	);
}

interface Props {
	own: boolean;
	/** Ends a row of messages of the same person: it gets the corner. */
	last: boolean;
	faded?: boolean;
	children: ComponentChildren;
}

/** What one message says. */
export function Bubble({ own, last, faded = false, children }: Props) {
	const look = own ? "bg-primary text-primary-content" : "bg-base-300";
	const corner = last ? (own ? "rounded-ee-sm" : "rounded-es-sm") : "";
	return (
		<div
			class={`bubble flex w-fit max-w-[85%] flex-col gap-2 rounded-box px-4 py-2 ${own ? "ms-auto" : ""} ${look} ${corner} ${faded ? "opacity-75" : ""}`}
		>
			{children}
		</div>
	);
}

/** The address of a file of ours within this site, whatever name this machine goes by; others as they are. */
export function hereOf(url: string): string {
	if (!URL.canParse(url)) return url;
	const { pathname, search } = new URL(url);
	return pathname.startsWith("/media/") ? pathname + search : url;
}

export function Media({ media }: { media: Message["media"] }) {
	return (
		<>
			{media.map(({ id, url, mediaType, filename }) => {
				const address = hereOf(url);
				const name = filename || (mediaType.startsWith("image/") ? "Picture" : "File");
				if (mediaType.startsWith("image/"))
					return (
						<a key={id ?? url} href={address} target="_blank" rel="noopener noreferrer" class="-mx-2 ">
							<img
								src={address}
								alt={name}
								loading="lazy"
								class="bg-base-300 h-44 w-60 max-w-full rounded-box object-cover"
							/>
						</a>
					);
				if (mediaType.startsWith("audio/"))
					return (
						// biome-ignore lint/a11y/useMediaCaption: what a customer has sent; no transcript exists
						<audio
							key={id ?? url}
							controls
							preload="none"
							src={address}
							class="h-10 w-60 max-w-full"
							aria-label={name}
						/>
					);
				if (mediaType.startsWith("video/"))
					return (
						// biome-ignore lint/a11y/useMediaCaption: what a customer has sent; no captions exist
						<video
							key={id ?? url}
							controls
							preload="none"
							src={address}
							class="h-44 w-60 max-w-full rounded-box"
							aria-label={name}
						/>
					);
				return (
					<a
						key={id ?? url}
						href={address}
						target="_blank"
						rel="noopener noreferrer"
						class="flex min-h-7 items-center gap-2 underline "
					>
						<FileText size={16} class="flex-none" aria-hidden />
						<bdi class="truncate">{filename || (id ? mediaType : url)}</bdi>
					</a>
				);
			})}
		</>
	);
}
