# SPDX-License-Identifier: Apache-2.0
# Sanitizers apply to the whole build, so that a report never stops at a library's border.
if(CANCUOC_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()
if(CANCUOC_THREAD_SANITIZE)
  add_compile_options(-fsanitize=thread -fno-omit-frame-pointer)
  add_link_options(-fsanitize=thread)
endif()
if(CANCUOC_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
