const _office = 'application/vnd.openxmlformats-officedocument';

/// The types of files that the backend accepts, by the ends of their names.
const fileTypes = {
  'jpg': 'image/jpeg',
  'jpeg': 'image/jpeg',
  'png': 'image/png',
  'webp': 'image/webp',
  'gif': 'image/gif',
  'heic': 'image/heic',
  'mp4': 'video/mp4',
  // iPhones use nearly the same container under another name.
  'mov': 'video/mp4',
  'webm': 'video/webm',
  'm4a': 'audio/mp4',
  'weba': 'audio/webm',
  'ogg': 'audio/ogg',
  'mp3': 'audio/mpeg',
  'pdf': 'application/pdf',
  'zip': 'application/zip',
  'doc': 'application/msword',
  'xls': 'application/vnd.ms-excel',
  'ppt': 'application/vnd.ms-powerpoint',
  'docx': '$_office.wordprocessingml.document',
  'xlsx': '$_office.spreadsheetml.sheet',
  'pptx': '$_office.presentationml.presentation',
  'txt': 'text/plain',
};

/// The type of a file by its name. Null if the backend does not accept it.
String? fileTypeOf(String name) => fileTypes[name.split('.').last.toLowerCase()];

/// The types of avatars and of the pictures of groups.
const avatarTypes = {'image/jpeg', 'image/png', 'image/webp'};
