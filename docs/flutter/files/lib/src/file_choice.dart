import 'package:file_picker/file_picker.dart';
import 'package:group_chat_client/group_chat_client.dart';
import 'package:image_picker/image_picker.dart';

import 'file_folder.dart';
import 'mp4_metadata.dart';
import 'picture.dart';

/// Lets the user choose files for a message. They are copied, so they survive until the message is sent.
class FileChoice {
  FileChoice(this._folder);

  /// A message has at most ten files.
  static const maxFiles = 10;

  final FileFolder _folder;
  final _picker = ImagePicker();

  /// Empty if the user cancels. Throws if the phone cannot read one of the photos.
  Future<List<LocalFile>> photos() async {
    // The full metadata would need a permission, and are left out anyway.
    final chosen = await _picker.pickMultiImage(limit: maxFiles, requestFullMetadata: false);
    return [for (final photo in chosen) await _prepare(photo.path, photo.name)];
  }

  /// Null if the user cancels.
  Future<LocalFile?> camera() async {
    final photo = await _picker.pickImage(source: ImageSource.camera, requestFullMetadata: false);
    return photo == null ? null : _prepare(photo.path, photo.name);
  }

  /// Null if the user cancels.
  Future<LocalFile?> video() async {
    final video = await _picker.pickVideo(source: ImageSource.gallery);
    return video == null ? null : _prepare(video.path, video.name);
  }

  /// Only files of the types that the backend accepts can be chosen. Empty if the user cancels.
  Future<List<LocalFile>> files() async {
    final chosen = await FilePicker.pickFiles(type: FileType.custom, allowedExtensions: fileTypes.keys.toList());
    return [
      for (final file in chosen.take(maxFiles))
        if (file.path case final path?) await _prepare(path, file.name),
    ];
  }

  /// A photo for an avatar or the picture of a group. Null if the user cancels.
  Future<LocalFile?> avatar() async {
    final photo = await _picker.pickImage(source: ImageSource.gallery, requestFullMetadata: false);
    if (photo == null) return null;
    final file = await preparePicture(_folder, path: photo.path, name: photo.name, side: avatarSide);
    return avatarTypes.contains(file.mimeType) ? file : throw FormatException('Choose another picture.', file.name);
  }

  Future<LocalFile> _prepare(String path, String name) async {
    final type = fileTypeOf(name);
    if (type == null) throw FormatException('Files of this type cannot be sent.', name);
    if (type.startsWith('image/')) return preparePicture(_folder, path: path, name: name);
    final key = await _folder.copy(path, extension: name.split('.').last.toLowerCase());
    final file = _folder.fileOf(key);
    if (type.endsWith('/mp4')) await eraseMp4Metadata(file);
    return LocalFile(key: key, name: name, mimeType: type, size: await file.length());
  }
}
