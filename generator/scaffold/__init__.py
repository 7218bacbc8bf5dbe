# SPDX-License-Identifier: BSD-3-Clause
"""`new` and `init`: first files of one's own, made from what specs, manifests and schemas say."""
