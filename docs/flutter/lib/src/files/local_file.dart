import '../rest/json.dart';
import 'local_thumbnail.dart';

/// A file on this device that the user wants to send, with what the others will know about it.
class LocalFile {
  LocalFile({
    required this.key,
    required this.name,
    required this.mimeType,
    required this.size,
    this.width,
    this.height,
    this.durationMs,
    this.blurhash,
    this.waveform,
    this.thumbnail,
  });

  LocalFile.fromJson(Json json)
    : key = json['key'] as String,
      id = json['id'] as String?,
      name = json['name'] as String,
      mimeType = json['mimeType'] as String,
      size = json['size'] as int,
      width = json['width'] as int?,
      height = json['height'] as int?,
      durationMs = json['durationMs'] as int?,
      blurhash = json['blurhash'] as String?,
      waveform = json['waveform'] == null ? null : List<int>.from(json['waveform'] as List<dynamic>),
      thumbnail = optional(json['thumbnail'], LocalThumbnail.fromJson);

  /// Its name in the folder of `Unsent`. A whole path would not survive an update of the app on iOS.
  final String key;

  /// What the backend calls it, once it is uploaded.
  String? id;

  /// For people, and for the download.
  final String name;
  final String mimeType;

  /// Bytes.
  final int size;

  /// Of a picture or a video, in pixels.
  final int? width;
  final int? height;

  /// Of a voice message, a sound or a video.
  final int? durationMs;
  final String? blurhash;

  /// The loudness of a voice message over time, from 0 to 100. Null for everything else.
  final List<int>? waveform;

  /// A small JPEG of a picture or a video.
  final LocalThumbnail? thumbnail;

  /// The name of the thumbnail in the folder.
  String get thumbnailKey => '$key.thumbnail';

  /// Bytes to upload.
  int get uploadSize => size + (thumbnail?.size ?? 0);

  Json toJson() => {
    'key': key,
    'id': ?id,
    'name': name,
    'mimeType': mimeType,
    'size': size,
    'width': ?width,
    'height': ?height,
    'durationMs': ?durationMs,
    'blurhash': ?blurhash,
    'waveform': ?waveform,
    'thumbnail': ?thumbnail?.toJson(),
  };
}
