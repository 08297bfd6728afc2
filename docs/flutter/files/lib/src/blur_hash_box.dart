import 'dart:typed_data';

import 'package:blurhash_dart/blurhash_dart.dart';
import 'package:flutter/material.dart';
import 'package:image/image.dart' as img;

/// What is shown until a picture is there.
class BlurHashBox extends StatefulWidget {
  const BlurHashBox({super.key, this.hash});

  final String? hash;

  @override
  State<BlurHashBox> createState() => _BlurHashBoxState();
}

class _BlurHashBoxState extends State<BlurHashBox> {
  late final picture = decode(widget.hash);

  /// Null for a hash that is none. The sender's client has made it, and the backend checks only its characters.
  static Uint8List? decode(String? hash) {
    if (hash == null) return null;
    try {
      return img.encodePng(BlurHash.decode(hash).toImage(32, 32));
    } on Object {
      return null;
    }
  }

  @override
  Widget build(BuildContext context) => switch (picture) {
    null => const ColoredBox(color: Colors.black12, child: SizedBox.expand()),
    final bytes => Image.memory(bytes, fit: BoxFit.fill, gaplessPlayback: true),
  };
}
