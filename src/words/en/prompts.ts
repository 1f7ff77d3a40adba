/** The prompts that clients offer to a person, and what they say to the model. */
export const prompts = {
  where: 'Enterprise project to look in; all_granted_eps when left out.',
  in_project: (project: string) => `Use enterprise_project_id ${project} in every call.`,
  scan_and_triage: {
    title: 'Scan images and say what to fix first',
    description: 'Finds images, scans them, waits for the end, and ranks what was found.',
    image_name: 'Part of the image name; never scanned images when left out.',
    text: (image: string | undefined) =>
      [
        image
          ? `Select the local images whose name contains ${image} with list_local_images (scannable true, select true).`
          : 'Select the local images that were never scanned with list_local_images (scan_status unscan, scannable true, select true).',
        'Tell me how many there are, and scan the selection with batch_scan_local_image once I agree.',
        'Follow the scan by its scan_id with get_local_image_scan_status while call_again is true.',
        'Then call plan_local_image_fixes with the selection_id, and tell me which upgrades remove most, in which images.',
        'Say which scans failed and why. Do not call anything safe that a local scan does not look at.',
      ].join('\n'),
  },
  what_is_at_risk: {
    title: 'Say what is at risk now',
    description: 'Sums up the vulnerabilities of all scanned images, and what was never scanned.',
    text: [
      'Tell me what is at risk in our container images now, without starting any scan.',
      'Count the images by summarize_local_images with group_by severity_level, and the states of their scans with group_by scan_status: about images that were never scanned nothing is known.',
      'Rank the fixes by plan_local_image_fixes with has_container true, and name the ten worst running images by list_local_images with has_container true and sort_by critical.',
      'Call again what says incomplete, after ready_in seconds, before you name an order.',
      'End with the three fixes that help most.',
    ].join('\n'),
  },
  verify_rebuild: {
    title: 'Say whether a rebuild fixed it',
    description: 'Compares an image before and after it was built anew.',
    image_name: 'Name of the image.',
    cve_id: 'A CVE that should be gone.',
    text: (image: string, cve: string | undefined) =>
      [
        `Find the versions of the image ${image} with list_local_images, and say when each was scanned.`,
        'Compare the newest version with the one before it by compare_local_images: what is gone, new and still open.',
        ...(cve ? [`Then list which versions still have ${cve}: list_local_images with cve_id and image_name.`] : []),
        'What is not observable, or was never scanned, is not fixed: say so, and that a scan is needed first.',
      ].join('\n'),
  },
};
