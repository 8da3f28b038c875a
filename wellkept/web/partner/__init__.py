"""What a business partner may receive, under which agreement."""
