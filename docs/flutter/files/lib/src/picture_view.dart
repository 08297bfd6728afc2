import 'package:cached_network_image/cached_network_image.dart';
import 'package:flutter/material.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'blur_hash_box.dart';

/// A picture of a message: its BlurHash, then the thumbnail. A tap shows the whole picture.
class PictureView extends StatelessWidget {
  const PictureView({super.key, required this.attachment, required this.onExpired});

  final Attachment attachment;
  final VoidCallback onExpired;

  @override
  Widget build(BuildContext context) {
    final Attachment(:url, :thumbnailUrl, :width, :height) = attachment;
    return ConstrainedBox(
      constraints: const BoxConstraints(maxWidth: 280),
      child: AspectRatio(
        // A very long picture is cropped.
        aspectRatio: width == null || height == null ? 1 : (width / height).clamp(0.5, 2.0),
        child: GestureDetector(
          onTap: () => Navigator.of(context).push(MaterialPageRoute<void>(builder: (_) => PicturePage(attachment))),
          child: CachedPicture(url: thumbnailUrl ?? url, blurhash: attachment.blurhash, onExpired: onExpired),
        ),
      ),
    );
  }
}

/// A picture from the cache or the network.
class CachedPicture extends StatelessWidget {
  const CachedPicture({super.key, required this.url, this.blurhash, this.fit = BoxFit.cover, this.onExpired});

  final String url;
  final String? blurhash;
  final BoxFit fit;
  final VoidCallback? onExpired;

  @override
  Widget build(BuildContext context) => CachedNetworkImage(
    // A new URL with the same cache key would not be loaded after the old one has failed.
    key: ValueKey(url),
    imageUrl: url,
    cacheKey: fileCacheKey(url),
    fit: fit,
    placeholder: (_, _) => BlurHashBox(hash: blurhash),
    errorWidget: (_, _, _) => IconButton(onPressed: onExpired, icon: const Icon(Icons.refresh)),
  );
}

/// A picture on the whole screen, which can be enlarged.
class PicturePage extends StatelessWidget {
  const PicturePage(this.attachment, {super.key});

  final Attachment attachment;

  @override
  Widget build(BuildContext context) => Scaffold(
    backgroundColor: Colors.black,
    appBar: AppBar(title: Text(attachment.name)),
    body: InteractiveViewer(
      maxScale: 8,
      child: Center(
        child: CachedPicture(url: attachment.url, blurhash: attachment.blurhash, fit: BoxFit.contain),
      ),
    ),
  );
}
